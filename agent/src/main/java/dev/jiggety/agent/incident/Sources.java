package dev.jiggety.agent.incident;

import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.ResultRepository;

/**
 * What is asked of a hub.
 *
 * @param feed tells of tests, nodes and results
 * @param nodes asked whether the hub answers when all nodes are silent
 * @param results read again around words that came very late
 * @param incidents where they are kept
 */
public record Sources(
    HubFeed feed, NodeRepository nodes, ResultRepository results, IncidentRepository incidents) {}
