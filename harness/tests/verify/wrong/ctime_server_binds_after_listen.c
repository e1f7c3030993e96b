/* Calls listen() before bind(), and looks at neither. */
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    struct sockaddr_in endereco;
    int servidor = socket(AF_INET, SOCK_STREAM, 0);

    memset(&endereco, 0, sizeof(endereco));
    endereco.sin_family = AF_INET;
    endereco.sin_addr.s_addr = INADDR_ANY;
    endereco.sin_port = htons(8888);
    listen(servidor, 5);
    bind(servidor, (struct sockaddr *)&endereco, sizeof(endereco));
    while (1) {
        int cliente = accept(servidor, NULL, NULL);
        time_t agora = time(NULL);
        char hora[26];
        strcpy(hora, ctime(&agora));
        send(cliente, hora, 24, 0);
        close(cliente);
    }
}
