/**
 * Releases of the agent: bundles are made of images and taken apart again, fetched piece by piece
 * into the free one of two slots, tried as a child process with a copy of the node's data, and put
 * in the place of what runs by swapping one file. The boot script of the packages starts what that
 * file says, and goes back where it does not start. Knows nothing of the node around it.
 */
@NullMarked
package dev.jiggety.agent.release;

import org.jspecify.annotations.NullMarked;
