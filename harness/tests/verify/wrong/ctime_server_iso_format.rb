# Writes the time as ISO 8601 does.
require 'socket'
require 'time'

servidor = TCPServer.new('', 8888)
loop do
  conexao = servidor.accept
  conexao.write Time.now.iso8601
  conexao.close
end
