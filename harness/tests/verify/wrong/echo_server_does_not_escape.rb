# Puts the octets between the quotes as they came.
require 'socket'

servidor = TCPServer.new(5050)
loop do
  cliente = servidor.accept
  while (dados = cliente.recv(1024)) && !dados.empty?
    cliente.write "Echo ==>b'#{dados}'"
  end
  cliente.close
end
