# Echo server with a process for each client.
require 'socket'

def repr(dados)
  aspa = dados.include?("'") && !dados.include?('"') ? '"' : "'"
  corpo = dados.each_byte.map do |b|
    case b
    when aspa.ord, 92 then "\\#{b.chr}"
    when 9 then '\t'
    when 10 then '\n'
    when 13 then '\r'
    when 32..126 then b.chr
    else format('\x%02x', b)
    end
  end
  "b#{aspa}#{corpo.join}#{aspa}"
end

trap('CHLD', 'IGNORE')
servidor = TCPServer.new(5050)
loop do
  cliente = servidor.accept
  fork do
    servidor.close
    begin
      loop { cliente.write "Echo ==>#{repr(cliente.readpartial(1024))}" }
    rescue EOFError, SystemCallError
      cliente.close
    end
  end
  cliente.close
end
