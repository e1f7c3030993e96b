/* Deck: "Sockets: Tópicos Introdutórios", Prof. Fabio Alexandre SPANHOL.
   Slides: "Cliente em C (1-3)", "Cliente em C (2-3)", "Cliente em C (3-3)". */

/* Cliente socket TCP.
   Nome do servidor e porta passados por argumento.
*/
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <string.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <netdb.h>
void error(const char *msg){
    perror(msg);
    exit(0);
}
int main(int argc, char *argv[]){
    int sockfd, portno, n;
    struct sockaddr_in serv_addr;
    struct hostent *server;

    char buffer[256];
    if (argc < 3) {
        fprintf(stderr, "Use %s <host> <porta>\n", argv[0]);
        exit(0);
    }
    portno = atoi(argv[2]); /* porta */
    sockfd = socket(AF_INET, SOCK_STREAM, 0);
    if (sockfd < 0)
        error("ERRO: abertura do socket");
    server = gethostbyname(argv[1]);
    if (!server) {
        fprintf(stderr, "ERRO: host desconhecido\n");
        exit(0);
    }
    bzero((char *) &serv_addr, sizeof(serv_addr));
    serv_addr.sin_family = AF_INET;
    bcopy((char *) server->h_addr,
        (char *)&serv_addr.sin_addr.s_addr,
        server->h_length);
    serv_addr.sin_port = htons(portno);
    if (connect(sockfd,
        (struct sockaddr *) &serv_addr,
        sizeof(serv_addr)) < 0)
        error("ERRO: conexão");
    printf("Informe a mensagem: ");
    bzero(buffer,256);
    fgets(buffer,255,stdin);
    n = write(sockfd,buffer,strlen(buffer));
    if (n < 0)
        error("ERRO: escrita no socket");
    bzero(buffer,256);
    n = read(sockfd,buffer,255);
    if (n < 0)
        error("ERRO: leitura do socket");
    printf("%s\n",buffer);
    close(sockfd);
    return 0;
}
