package io.tailrace.connect.elasticsearch.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Tells what a server warns of, such as that its security is switched off, once. Servers say it with every answer, and
 * the client below would log it as often.
 */
final class ServerWarnings implements HttpResponseInterceptor {

    private static final String WARNING = "Warning";

    /** Warnings may name indices, and of those there may be any number. */
    private static final int MAX_TOLD = 100;

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final Consumer<String> tell;

    ServerWarnings(Consumer<String> tell) {
        this.tell = tell;
    }

    @Override
    public void process(HttpResponse response, EntityDetails entity, HttpContext context) {
        for (Header header : response.getHeaders(WARNING)) {
            if (told.size() < MAX_TOLD && told.add(header.getValue())) {
                tell.accept(header.getValue());
            }
        }
        response.removeHeaders(WARNING);
    }
}
