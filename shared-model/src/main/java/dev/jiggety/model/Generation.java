package dev.jiggety.model;

/**
 * A state of the configuration.
 *
 * @param ride the rollout that brought it about; empty for how an installation begins
 * @param release its number; for a candidate the one that it will have
 * @param digest over all its documents, by {@code model.rules.Digests}
 */
public record Generation(String ride, long release, String digest) {}
