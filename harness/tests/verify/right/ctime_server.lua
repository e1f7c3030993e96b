-- ctime server with LuaSocket.
local socket = require("socket")

local servidor = assert(socket.bind("*", 8888))
while true do
  local cliente = servidor:accept()
  print("Accepted connection from " .. cliente:getpeername())
  cliente:send(os.date("%c"))
  cliente:close()
end
