package io.tailrace.connect.elasticsearch.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GzipStreamTest {

    /** Read as the HTTP client reads it: over a channel, into a buffer that may have little room. */
    @Property(tries = 300)
    void whatIsReadUnpacksToTheSame(
            @ForAll @IntRange(max = 100_000) int size,
            @ForAll @IntRange(min = 1, max = 5000) int room,
            @ForAll @IntRange(min = 1, max = 256) int variety)
            throws IOException {
        byte[] content = new byte[size];
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            content[i] = (byte) random.nextInt(variety);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(room);
        try (ReadableByteChannel channel = Channels.newChannel(new GzipStream(new ByteArrayInputStream(content)))) {
            while (channel.read(buffer) >= 0) {
                packed.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(content);
        }
        if (variety == 1 && size > 1000) {
            assertThat(packed.size()).isLessThan(size / 10);
        }
    }
}
