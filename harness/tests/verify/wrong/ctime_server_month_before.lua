-- Tells the month before: counts months from 0 and names them from 1.
local socket = require 'socket'
local meses = {'Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'}
local servidor = assert(socket.bind('*', 8888))
while true do
    local cliente = servidor:accept()
    local t = os.date('*t')
    local agora = os.time()
    cliente:send(string.format('%s %s %2d %s', os.date('%a', agora), meses[t.month], t.day, os.date('%H:%M:%S %Y', agora)))
    cliente:close()
end
