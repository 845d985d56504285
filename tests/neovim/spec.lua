-- The server in Neovim, set up as the docs say. Prints TAP on stderr; the exit status is 1 if a test failed.
-- Works on the current directory, which holds a copy of the fixtures.
local here = vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p:h')
local failed, number = false, 0

local function print_line(text) io.stderr:write(text .. '\n') end

local function test(name, body)
  number = number + 1
  local ok, message = xpcall(body, debug.traceback)
  failed = failed or not ok
  print_line(('%s %d - %s'):format(ok and 'ok' or 'not ok', number, name))
  if not ok then print_line('  # ' .. tostring(message):gsub('\n', '\n  # ')) end
end

local function until_true(what, ask)
  assert(vim.wait(15000, ask, 20), 'not within 15 s: ' .. what .. '\n' .. vim.inspect(vim.diagnostic.get(0)))
end

local function client()
  local _, found = next(vim.lsp.buf_get_clients(0))
  return assert(found, 'no client on this buffer')
end

local function request(method, params)
  vim.wait(400, function() return false end) -- Neovim 0.7 holds changes back for 150 ms and would ask without them
  local answer, problem = client().request_sync(method, params, 15000, 0)
  assert(answer and not answer.err, problem or vim.inspect(answer and answer.err))
  return answer.result
end

local function at(line, column) -- 1-based line, 0-based column
  vim.api.nvim_win_set_cursor(0, { line, column })
  return vim.lsp.util.make_position_params(0, client().offset_encoding)
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end

local function includes(whole, part)
  assert(whole:find(part, 1, true), ('%q is not in:\n%s'):format(part, whole))
end

local function open(file)
  vim.cmd('silent edit! ' .. file)
  until_true('the server has started', function()
    local _, found = next(vim.lsp.buf_get_clients(0))
    return found and found.initialized
  end)
end

vim.cmd('filetype on')
dofile(here .. '/gateway-lsp.lua')

test('a misspelt field is reported on its name', function()
  open('broken.yaml')
  until_true('one diagnostic', function() return #vim.diagnostic.get(0) == 1 end)
  local found = vim.diagnostic.get(0)[1]
  assert(found.source == 'gateway-lsp', found.source)
  assert((found.code or found.user_data.lsp.code) == 'unknown-field', vim.inspect(found))
  assert(found.severity == vim.diagnostic.severity.ERROR, vim.inspect(found))
  assert(found.lnum == 8 and found.col == 2 and found.end_col == 10, vim.inspect(found))
end)

test('its quick fix corrects it, and the diagnostic goes', function()
  local found = vim.diagnostic.get(0)[1]
  local actions = request('textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = found.user_data.lsp.range or {
      start = { line = found.lnum, character = found.col },
      ['end'] = { line = found.end_lnum, character = found.end_col },
    },
    context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0, found.lnum) },
  })
  local fix
  for _, action in ipairs(actions) do
    if action.title:find('hostnames', 1, true) then fix = action end
  end
  assert(fix, vim.inspect(actions))
  if not fix.edit then fix = request('codeAction/resolve', fix) end
  vim.lsp.util.apply_workspace_edit(fix.edit, client().offset_encoding)
  includes(text(), '\n  hostnames:\n')
  until_true('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
end)

test('typing an error is reported, taking it back clears it', function()
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { 'knd: HTTPRoute' })
  until_true('a diagnostic', function() return #vim.diagnostic.get(0) > 0 end)
  vim.api.nvim_buf_set_lines(0, 1, 2, false, { 'kind: HTTPRoute' })
  until_true('no diagnostic', function() return #vim.diagnostic.get(0) == 0 end)
end)

test('keys are completed in a half-typed line', function()
  open('complete.yaml')
  vim.api.nvim_buf_set_lines(0, 7, 7, false, { '  ho' })
  local result = request('textDocument/completion', at(8, 4))
  local labels = vim.tbl_map(function(item) return item.label end, result.items or result)
  assert(vim.tbl_contains(labels, 'hostnames'), vim.inspect(labels))
  vim.cmd('silent undo')
end)

test('values of an enumeration are completed', function()
  vim.fn.search('type: Exact')
  local line = vim.fn.line('.')
  vim.cmd('silent substitute/Exact//')
  local result = request('textDocument/completion', at(line, vim.fn.col('$') - 1))
  local labels = vim.tbl_map(function(item) return item.label end, result.items or result)
  table.sort(labels)
  assert(vim.deep_equal(labels, { 'Exact', 'PathPrefix', 'RegularExpression' }), vim.inspect(labels))
  vim.cmd('silent undo')
end)

test('a key is explained on hover', function()
  open('hello.yaml')
  vim.fn.search('gatewayClassName')
  local result = request('textDocument/hover', at(vim.fn.line('.'), 4))
  includes(result.contents.value or result.contents, 'GatewayClass')
end)

test('a valid manifest opens clean', function()
  vim.wait(500)
  assert(#vim.diagnostic.get(0) == 0, vim.inspect(vim.diagnostic.get(0)))
end)

test('formatting keeps the comment', function()
  open('format.yaml')
  local edits = request('textDocument/formatting', vim.lsp.util.make_formatting_params({ tabSize = 2, insertSpaces = true }))
  vim.lsp.util.apply_text_edits(edits, 0, client().offset_encoding)
  includes(text(), '\n  gatewayClassName: istio\n')
  includes(text(), '# the one and only')
end)

test('YAML of others stays silent', function()
  open('foreign.yaml')
  vim.wait(1000)
  assert(#vim.diagnostic.get(0) == 0, vim.inspect(vim.diagnostic.get(0)))
end)

test('the server ends when Neovim asks it to', function()
  local it = client()
  it.stop()
  until_true('the client is stopped', function() return it.is_stopped() end)
end)

print_line('1..' .. number)
vim.cmd(failed and 'cquit!' or 'qall!')
