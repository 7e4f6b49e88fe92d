package io.tailrace.connect.elasticsearch.bulk;

import io.tailrace.connect.elasticsearch.target.Template;

/**
 * What operations look like.
 *
 * @param method what is done with documents
 * @param versions what they are versioned by
 * @param routing where in the index they go, or null
 * @param pipeline what they go through, or null
 * @param ordered whether of several records with one id the last must be the last to take effect, because no version
 *     sees to that
 */
public record OperationShape(
        WriteMethod method, Versions versions, Template routing, Template pipeline, boolean ordered) {}
