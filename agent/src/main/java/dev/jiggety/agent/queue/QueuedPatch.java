package dev.jiggety.agent.queue;

/**
 * A patch in the line.
 *
 * @param patchId the patch
 * @param seq its place in the line, from 1
 */
public record QueuedPatch(String patchId, long seq) {}
