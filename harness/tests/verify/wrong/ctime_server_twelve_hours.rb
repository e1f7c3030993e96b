# Tells hours from 1 to 12.
require 'socket'

servidor = TCPServer.new('', 8888)
loop do
  cliente = servidor.accept
  cliente.write(Time.now.strftime('%a %b %e %I:%M:%S %Y'))
  cliente.close
end
