package io.tailrace.connect.elasticsearch.id;

import io.tailrace.connect.elasticsearch.document.DocumentFactory;
import io.tailrace.connect.elasticsearch.document.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The id of a line by where it stood: a hash of its stream, because paths may be longer than an id, then the
 * generation of the file and the byte that the line began at.
 */
final class Origin {

    private static final String STREAM = "log.stream";
    private static final String GENERATION = "log.generation";
    private static final String OFFSET = "log.offset";

    /** Enough for as many files as there may ever be. */
    private static final int HASH_BYTES = 16;

    private static final int MAX_DIGITS = 20;

    private Origin() {}

    static String id(SinkRecord record, DocumentFactory documents) {
        byte[] stream = member(record, documents, STREAM);
        String number = number(GENERATION, member(record, documents, GENERATION));
        return hash(stream) + '+' + number + '+' + number(OFFSET, member(record, documents, OFFSET));
    }

    private static byte[] member(SinkRecord record, DocumentFactory documents, String name) {
        return documents
                .metadata(record, name)
                .orElseThrow(() -> new MalformedRecordException("id.strategy=origin: its header 'tailrace' has no '"
                        + name + "'; the source needs log.offset among its metadata"));
    }

    private static String number(String name, byte[] json) {
        boolean digits = json.length > 0 && json.length <= MAX_DIGITS;
        for (byte b : json) {
            digits &= b >= '0' && b <= '9';
        }
        if (!digits) {
            throw new MalformedRecordException(
                    "id.strategy=origin: '" + name + "' in its header 'tailrace' is no number");
        }
        return new String(json, StandardCharsets.US_ASCII);
    }

    private static String hash(byte[] stream) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(stream);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
