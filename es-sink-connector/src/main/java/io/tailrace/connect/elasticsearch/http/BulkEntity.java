package io.tailrace.connect.elasticsearch.http;

import io.tailrace.connect.elasticsearch.bulk.BulkBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A bulk body as an HTTP entity that is never in memory as a whole, and repeatable, so that the client can turn to another host. */
final class BulkEntity extends AbstractHttpEntity {

    /**
     * Newline-delimited JSON without a {@code compatible-with} parameter: understood by Elasticsearch 7, 8, 9 and
     * OpenSearch alike.
     */
    private static final String MEDIA_TYPE = "application/x-ndjson";

    private static final long UNKNOWN = -1;

    private final BulkBody body;
    private final boolean compressed;

    /**
     * An entity.
     *
     * @param body what to send
     * @param compressed whether to compress it on the way; its length isn't known beforehand then
     */
    BulkEntity(BulkBody body, boolean compressed) {
        super(MEDIA_TYPE, compressed ? "gzip" : null, compressed);
        this.body = body;
        this.compressed = compressed;
    }

    @Override
    public long getContentLength() {
        return compressed ? UNKNOWN : body.length();
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public InputStream getContent() {
        return compressed ? new GzipStream(body.open()) : body.open();
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        try (InputStream content = getContent()) {
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
