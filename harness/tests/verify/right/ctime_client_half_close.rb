# ctime client that has nothing to say, and says so at once.
require 'socket'

host = ARGV.length > 1 ? ARGV[0] : 'localhost'
porta = ARGV.length > 1 ? ARGV[1].to_i : 8888

cliente = TCPSocket.new(host, porta)
cliente.close_write
hora = cliente.read
cliente.close
puts "Received from server:b'#{hora}'"
