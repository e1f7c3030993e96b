# Connects to 5115.
exec 3<>/dev/tcp/localhost/5115 || exit 1
read -r linha <&3
echo "$linha"
