# Message client in gawk, over /inet/tcp.
BEGIN {
    servico = "/inet/tcp/0/" ARGV[1] "/" ARGV[2]
    printf "Informe a mensagem: "
    getline mensagem < "/dev/stdin"
    printf "%s\n", mensagem |& servico
    fflush(servico)
    while ((servico |& getline linha) > 0) print linha
    close(servico)
    exit 0
}
