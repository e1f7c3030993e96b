# Forks for each client, and keeps the parent's copies of the connections open.
require 'socket'

servidor = TCPServer.new(5155)
clientes = []
loop do
  cliente = servidor.accept
  clientes << cliente
  fork do
    cliente.puts "Agora é:#{Time.now.strftime('%a %b %d %H:%M:%S %Z %Y')}"
    cliente.close
    exit!
  end
end
