package dev.jiggety.agent.manager;

import dev.jiggety.agent.queue.PatchQueue;

/** What a manager needs of the world. Used by one thread, but for what the ports allow. */
record ManagerPorts(PatchBoard board, ConfigBoard config, Fleet fleet, PatchQueue queue) {}
