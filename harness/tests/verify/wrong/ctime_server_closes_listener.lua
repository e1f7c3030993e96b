-- Closes the listening socket in place of the connection.
local socket = require("socket")
local servidor = assert(socket.bind("*", 8888))
while true do
  local conexao = assert(servidor:accept())
  conexao:send(os.date("%c"))
  servidor:close()
end
