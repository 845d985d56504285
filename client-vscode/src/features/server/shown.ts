import { window } from 'vscode';

/** Runs something that asks the server; what goes wrong is told in the server's words. Cancelled is not wrong. */
export async function shown<T>(act: () => Thenable<T> | Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (e) {
    const { name, code, message } = e as { name?: string; code?: number; message: string };
    if (name !== 'Canceled' && code !== -32800) void window.showErrorMessage(`Gateway LSP: ${message}`);
    return undefined;
  }
}
