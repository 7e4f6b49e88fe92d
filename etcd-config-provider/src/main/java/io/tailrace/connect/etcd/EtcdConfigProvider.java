package io.tailrace.connect.etcd;

/** A provider. */
public final class EtcdConfigProvider {
    /** Makes one. */
    public EtcdConfigProvider() {}
}
