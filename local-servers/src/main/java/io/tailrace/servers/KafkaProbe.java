package io.tailrace.servers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/**
 * Asks a broker for its API versions. A broker takes connections early, but answers requests only when it has caught up
 * with the controller and is part of the cluster; so an answer is the proof that it works.
 */
final class KafkaProbe {

    private static final int TIMEOUT_MS = 2_000;
    private static final short API_VERSIONS = 18;
    private static final short NULL_CLIENT_ID = -1;
    private static final int REQUEST_BYTES = 10;
    private static final int CORRELATION_ID = 1;

    private KafkaProbe() {}

    /** Whether the broker answers without an error. */
    static boolean answers(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            socket.setSoTimeout(TIMEOUT_MS);
            DataOutputStream output = new DataOutputStream(socket.getOutputStream());
            output.write(request());
            DataInputStream input = new DataInputStream(socket.getInputStream());
            input.readInt();
            return input.readInt() == CORRELATION_ID && input.readShort() == 0;
        }
    }

    private static byte[] request() {
        return ByteBuffer.allocate(Integer.BYTES + REQUEST_BYTES)
                .putInt(REQUEST_BYTES)
                .putShort(API_VERSIONS)
                .putShort((short) 0)
                .putInt(CORRELATION_ID)
                .putShort(NULL_CLIENT_ID)
                .array();
    }
}
