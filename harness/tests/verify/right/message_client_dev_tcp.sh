# Message client in bash, over /dev/tcp.
host=$1 porta=$2
exec 3<>"/dev/tcp/$host/$porta" || exit 1
printf 'Informe a mensagem: '
IFS= read -r mensagem
printf '%s\n' "$mensagem" >&3
resposta=$(cat <&3)
printf '%s\n' "$resposta"
exec 3>&-
