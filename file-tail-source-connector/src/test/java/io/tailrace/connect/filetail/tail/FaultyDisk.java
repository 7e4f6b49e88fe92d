package io.tailrace.connect.filetail.tail;

import io.tailrace.connect.filetail.tail.read.Content;
import io.tailrace.connect.filetail.tail.read.Opener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Opens real files, some of which can't be opened or read for a while. */
final class FaultyDisk implements UnaryOperator<Opener> {
    /** Files that can't be opened. */
    final Set<Path> forbidden = new HashSet<>();

    /** Files of which every reading fails. */
    final Set<Path> broken = new HashSet<>();

    private int opened;

    /** How often some file was to be opened. */
    int openings() {
        return opened;
    }

    @Override
    public Opener apply(Opener real) {
        return path -> {
            opened++;
            if (forbidden.contains(path)) {
                throw new AccessDeniedException(path.toString());
            }
            Opener.Opened file = real.open(path);
            return new Opener.Opened(file.key(), new FaultyContent(path, file.content()));
        };
    }

    private final class FaultyContent implements Content {
        private final Path path;
        private final Content content;

        FaultyContent(Path path, Content content) {
            this.path = path;
            this.content = content;
        }

        @Override
        public long size() throws IOException {
            return content.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            if (broken.contains(path)) {
                throw new IOException("Input/output error");
            }
            return content.read(into, position);
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
