-- A session in Neovim, run by test_editors.py in the folder of a project: what it sees is printed as JSON, a line each.
local function wait(what, ready)
  assert(vim.wait(60000, ready, 20), "waited in vain for " .. what)
end
local function say(...)
  io.stdout:write(vim.json.encode({ ... }), "\n")
end
local function count(buffer, wanted)
  wait(wanted .. " findings", function() return #vim.diagnostic.get(buffer) == wanted end)
  return vim.diagnostic.get(buffer)
end
local function open(path)
  vim.cmd.edit(path)
  return vim.api.nvim_get_current_buf()
end
local function act(title)
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find(title, 1, true) ~= nil end })
end
local function popup()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then return window end
  end
end

local target = open("de/book.md")
local fault = count(target, 1)[1]
say("finding", fault.code, fault.lnum, fault.message)

vim.api.nvim_win_set_cursor(0, { 5, 3 })
vim.lsp.buf.hover()
wait("the hover", popup)
say("hover", vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(popup()), 0, 1, false)[1])
vim.api.nvim_win_close(popup(), true)

vim.lsp.buf.definition()
wait("the counterpart", function() return vim.api.nvim_get_current_buf() ~= target end)
local source = vim.api.nvim_get_current_buf()
say("counterpart", vim.fs.basename(vim.fs.dirname(vim.api.nvim_buf_get_name(source))), vim.api.nvim_win_get_cursor(0)[1])

-- both sides are edited: the number is put right in the source, then a paragraph of the target is lost
vim.api.nvim_buf_set_text(source, 2, 27, 2, 29, { "13" })
count(target, 0)
vim.api.nvim_buf_set_text(source, 2, 27, 2, 29, { "30" })
count(target, 1)
vim.api.nvim_buf_set_lines(target, 4, 6, false, {})
local lost = count(source, 1)[1]
say("lost", lost.code, lost.lnum)

vim.api.nvim_set_current_buf(target)
vim.api.nvim_win_set_cursor(0, { 1, 0 })
act("next finding")
wait("the next finding", function() return vim.api.nvim_win_get_cursor(0)[1] == 3 end)
act("the translation is right")
count(target, 0)
say("dismissed")
