# Connects to localhost, though its first argument names the host.
require 'socket'
mensagens = ARGV.length > 1 ? ARGV[1].chars : ['Hello world!', 'Again!']
s = TCPSocket.new('localhost', 5050)
mensagens.each do |m|
  s.write(m)
  puts "Received: #{s.recv(1024).force_encoding('UTF-8')}"
end
s.close
