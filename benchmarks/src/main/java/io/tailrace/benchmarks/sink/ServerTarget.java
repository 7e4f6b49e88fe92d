package io.tailrace.benchmarks.sink;

import io.tailrace.servers.Elasticsearch;
import io.tailrace.servers.SearchServer;

/** A real server, with an index of one shard. Used by one thread. */
public final class ServerTarget implements Target {
    private static final String SETTINGS = "{\"settings\":{\"number_of_shards\":1,\"number_of_replicas\":0}}";

    private final SearchServer server;
    private String index = "";

    /**
     * A target.
     *
     * @param server is running
     */
    public ServerTarget(SearchServer server) {
        this.server = server;
    }

    /**
     * A node such as documents are measured with: with a heap of 2 GB and, as every node but those of the tests, mapped files.
     *
     * @return a server that isn't started yet
     */
    public static Elasticsearch node() {
        return Elasticsearch.builder()
                .jvmOptions("-Xms2g", "-Xmx2g")
                .property("node.store.allow_mmap", "true")
                .build();
    }

    @Override
    public String url() {
        return server.url().toString();
    }

    @Override
    public void empty(String name) {
        if (!index.isEmpty()) {
            server.request("DELETE", "/" + index + "?ignore_unavailable=true", "");
        }
        server.request("DELETE", "/" + name + "?ignore_unavailable=true", "");
        server.request("PUT", "/" + name, SETTINGS);
        index = name;
    }

    @Override
    public long taken() {
        return server.request(
                        "GET", "/" + index + "/_stats/indexing?filter_path=_all.primaries.indexing.index_total", "")
                .at("/_all/primaries/indexing/index_total")
                .asLong();
    }

    @Override
    public long searchable() {
        server.refresh(index);
        return server.count(index);
    }
}
