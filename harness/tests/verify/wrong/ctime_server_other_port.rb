# Listens on 8889.
require 'socket'

servidor = TCPServer.new(8889)
while (conexao = servidor.accept)
  conexao.write Time.now.ctime
  conexao.close
end
