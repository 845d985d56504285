-- Starts gateway-lsp for YAML buffers: one server for all of them.
local client_id

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'yaml',
  callback = function(event)
    client_id = client_id or vim.lsp.start_client({
      name = 'gateway-lsp',
      cmd = { 'gateway-lsp' },
      root_dir = vim.fn.getcwd(),
      settings = { gatewayLsp = { channel = 'standard' } },
      on_exit = function() client_id = nil end,
    })
    vim.lsp.buf_attach_client(event.buf, client_id)
  end,
})
