// Message server with a selector and channels.
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

public class MessageServerNio {
    public static void main(String[] args) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(Integer.parseInt(args[0])));
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
        System.out.println("Servidor ouvindo na porta [" + args[0] + "]...");
        boolean served = false;
        while (!served) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.isAcceptable()) {
                    SocketChannel client = server.accept();
                    client.configureBlocking(false);
                    client.register(selector, SelectionKey.OP_READ);
                } else if (key.isReadable()) {
                    answer((SocketChannel) key.channel());
                    served = true;
                }
            }
            selector.selectedKeys().clear();
        }
        server.close();
    }

    private static void answer(SocketChannel client) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(255);
        client.read(buffer);
        buffer.flip();
        System.out.println("Mensagem recebida do cliente: " + StandardCharsets.UTF_8.decode(buffer));
        ByteBuffer reply = StandardCharsets.UTF_8.encode("Sou o Servidor. Recebi sua mensagem.");
        while (reply.hasRemaining()) client.write(reply);
        client.close();
    }
}
