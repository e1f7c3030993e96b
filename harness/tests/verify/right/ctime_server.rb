# ctime server in Ruby, with a thread for each client.
require 'socket'

servidor = TCPServer.new('0.0.0.0', 8888)
loop do
  Thread.start(servidor.accept) do |cliente|
    puts "Accepted connection from #{cliente.peeraddr}"
    cliente.print Time.now.ctime
    cliente.close
  end
end
