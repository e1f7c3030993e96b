/* Message server that writes its reply in two parts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>
#include <netinet/in.h>

int main(int argc, char *argv[]) {
    struct sockaddr_in addr;
    char buf[256];
    int s, c, n;

    if (argc < 2) {
        fprintf(stderr, "uso: %s porta\n", argv[0]);
        return 1;
    }
    s = socket(AF_INET, SOCK_STREAM, 0);
    memset(&addr, 0, sizeof addr);
    addr.sin_family = AF_INET;
    addr.sin_addr.s_addr = htonl(INADDR_ANY);
    addr.sin_port = htons(atoi(argv[1]));
    if (s < 0 || bind(s, (struct sockaddr *)&addr, sizeof addr) < 0 || listen(s, 1) < 0) {
        perror("servidor");
        return 1;
    }
    printf("Servidor ouvindo na porta [%s]...\n", argv[1]);
    c = accept(s, NULL, NULL);
    if (c < 0) {
        perror("accept");
        return 1;
    }
    n = recv(c, buf, sizeof buf - 1, 0);
    if (n < 0) {
        perror("recv");
        return 1;
    }
    buf[n] = '\0';
    printf("Mensagem recebida do cliente: %s\n", buf);
    write(c, "Sou o Servidor.", 15);
    write(c, " Recebi sua mensagem.", 21);
    close(c);
    close(s);
    return 0;
}
