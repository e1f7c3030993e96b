// Message client on an asynchronous channel: at its end the JVM waits for the threads of the channel's group.
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;

public class MessageClientAsync {
    public static void main(String[] args) throws Exception {
        System.out.print("Informe a mensagem: ");
        System.out.flush();
        ByteBuffer message = ByteBuffer.wrap(line());
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open();
        channel.connect(new InetSocketAddress(args[0], Integer.parseInt(args[1]))).get();
        while (message.hasRemaining()) channel.write(message).get();
        ByteBuffer reply = ByteBuffer.allocate(255);
        channel.read(reply).get();
        channel.close();
        System.out.write(reply.array(), 0, reply.position());
        System.out.println();
    }

    private static byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        do {
            octet = System.in.read();
            if (octet >= 0) line.write(octet);
        } while (octet >= 0 && octet != '\n');
        return line.toByteArray();
    }
}
