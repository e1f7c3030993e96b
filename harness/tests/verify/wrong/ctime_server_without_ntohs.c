// Shows the client's port in the byte order of the network.
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int main(void) {
    int ouvinte = socket(AF_INET, SOCK_STREAM, 0);
    int sim = 1;
    setsockopt(ouvinte, SOL_SOCKET, SO_REUSEADDR, &sim, sizeof(sim));
    struct sockaddr_in local = {0};
    local.sin_family = AF_INET;
    local.sin_addr.s_addr = htonl(INADDR_ANY);
    local.sin_port = htons(8888);
    if (bind(ouvinte, (struct sockaddr*)&local, sizeof(local)) < 0 || listen(ouvinte, 5) < 0) {
        perror("ctime");
        return 1;
    }
    for (;;) {
        struct sockaddr_in remoto;
        socklen_t tamanho = sizeof(remoto);
        int cliente = accept(ouvinte, (struct sockaddr*)&remoto, &tamanho);
        printf("Accepted connection from [('%s', %d)]\n", inet_ntoa(remoto.sin_addr), remoto.sin_port);
        fflush(stdout);
        time_t agora = time(NULL);
        char texto[64];
        strcpy(texto, ctime(&agora));
        send(cliente, texto, strcspn(texto, "\n"), MSG_NOSIGNAL);
        close(cliente);
    }
}
