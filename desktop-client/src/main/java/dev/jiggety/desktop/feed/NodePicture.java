package dev.jiggety.desktop.feed;

import dev.jiggety.model.NodeStatus;

/**
 * A node as it stands now.
 *
 * @param status what it last said of itself
 * @param stale whether that is too long ago
 */
public record NodePicture(NodeStatus status, boolean stale) {}
