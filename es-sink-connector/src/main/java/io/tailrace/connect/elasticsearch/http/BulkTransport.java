package io.tailrace.connect.elasticsearch.http;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import java.util.function.Consumer;

/** Takes bulk bodies to a server. */
public interface BulkTransport extends ServerClient, AutoCloseable {

    /**
     * Sends a body, without waiting.
     *
     * @param body the body
     * @param cautious whether to ask first if the server takes a body of this length, so that its refusal is heard
     * @param listener called once, on any thread, maybe before this returns; must not block
     */
    void send(BulkBody body, boolean cautious, Consumer<Answer> listener);

    /**
     * Whether requests can get anywhere. Once false, listeners of earlier requests may never be called.
     *
     * @return false if {@link #reopen} is needed; true once it was closed, which is no failure
     */
    boolean isRunning();

    /** Throws away what is left of the transport and sets up a new one. */
    void reopen();

    /** Aborts everything under way; returns within about two seconds, leaving no thread. */
    @Override
    void close();
}
