package io.tailrace.connect.elasticsearch.http;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A bulk body as an HTTP entity: of known length, and repeatable, so that the client can turn to another host. */
final class BulkEntity extends AbstractHttpEntity {

    /**
     * Newline-delimited JSON without a {@code compatible-with} parameter: understood by Elasticsearch 7, 8, 9 and
     * OpenSearch alike.
     */
    private static final String MEDIA_TYPE = "application/x-ndjson";

    private final BulkBody body;

    BulkEntity(BulkBody body) {
        super(MEDIA_TYPE, null);
        this.body = body;
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public InputStream getContent() {
        return body.open();
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        try (InputStream content = body.open()) {
            content.transferTo(target);
        }
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {
        // Nothing but memory.
    }
}
