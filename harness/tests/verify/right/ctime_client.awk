# ctime client in gawk: the time comes without a newline, as the last record.
BEGIN {
    host = ARGC > 2 ? ARGV[1] : "localhost"
    porta = ARGC > 2 ? ARGV[2] : 8888
    servico = "/inet/tcp/0/" host "/" porta
    servico |& getline hora
    close(servico)
    print "Received from server:b'" hora "'"
    exit
}
