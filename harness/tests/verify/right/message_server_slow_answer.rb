# Message server that thinks for 0.3 s before it answers.
require 'socket'

porta = ARGV[0]
servidor = TCPServer.new(porta.to_i)
puts "Servidor ouvindo na porta [#{porta}]..."
$stdout.flush
cliente = servidor.accept
mensagem = cliente.readpartial(255)
print "Mensagem recebida do cliente: ", mensagem, "\n"
sleep 0.3
cliente.write "Sou o Servidor. Recebi sua mensagem."
cliente.close
servidor.close
