/* Date client that reads its line with fgets. */
#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <sys/socket.h>

int main(void) {
    struct sockaddr_in servidor;
    char linha[512];
    FILE *entrada;
    int s = socket(AF_INET, SOCK_STREAM, 0);

    memset(&servidor, 0, sizeof servidor);
    servidor.sin_family = AF_INET;
    servidor.sin_port = htons(5155);
    inet_pton(AF_INET, "127.0.0.1", &servidor.sin_addr);
    if (connect(s, (struct sockaddr *)&servidor, sizeof servidor) < 0) {
        perror("connect");
        return 1;
    }
    entrada = fdopen(s, "r");
    if (fgets(linha, sizeof linha, entrada) == NULL)
        puts("null");
    else
        printf("%.*s\n", (int)strcspn(linha, "\r\n"), linha);
    fclose(entrada);
    return 0;
}
