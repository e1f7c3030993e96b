/* ctime server with a process for each client. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(void) {
    struct sockaddr_in end;
    int ouvinte, um = 1;

    signal(SIGCHLD, SIG_IGN);
    ouvinte = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(ouvinte, SOL_SOCKET, SO_REUSEADDR, &um, sizeof um);
    memset(&end, 0, sizeof end);
    end.sin_family = AF_INET;
    end.sin_addr.s_addr = htonl(INADDR_ANY);
    end.sin_port = htons(8888);
    if (bind(ouvinte, (struct sockaddr *)&end, sizeof end) == -1) {
        perror("bind");
        exit(1);
    }
    listen(ouvinte, 10);
    for (;;) {
        int conexao = accept(ouvinte, NULL, NULL);
        if (conexao == -1) {
            perror("accept");
            continue;
        }
        if (fork() == 0) {
            time_t agora = time(NULL);
            char *texto = ctime(&agora);
            close(ouvinte);
            send(conexao, texto, strlen(texto) - 1, 0); /* without the newline */
            close(conexao);
            exit(0);
        }
        close(conexao);
    }
}
