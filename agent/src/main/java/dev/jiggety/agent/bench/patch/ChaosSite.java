package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.Program;
import dev.jiggety.couch.HubAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A hub, a broker, two managers and two farms, each a process of its own, and between them lines
 * that can be cut. For one thread.
 */
final class ChaosSite implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern BROKER_READY = Pattern.compile("broker is listening");
  private static final List<String> MANAGERS = List.of("manager-a", "manager-b");
  private static final List<String> FARMS = List.of("farm-1", "farm-2");

  private final Site site;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Relay> lines = new LinkedHashMap<>();
  private final HubAddress hub;

  /**
   * Starts the hub, and nothing else yet.
   *
   * @param folder empty
   */
  ChaosSite(Program program, Path folder) throws IOException, InterruptedException {
    site = new Site(program, folder);
    Part part = site.hub(Site.freePort());
    parts.put(part.name(), part);
    hub = site.start(part);
  }

  /** The operator's own line to the hub, which nobody cuts. */
  HubAddress hub() {
    return hub;
  }

  Site site() {
    return site;
  }

  /** Starts the rest, on a hub that is provisioned. */
  void start(int nodes) throws IOException, InterruptedException {
    int brokerPort = Site.freePort();
    add(
        site.part(
            "broker",
            BROKER_READY,
            "broker",
            "--port",
            String.valueOf(brokerPort),
            "--data",
            site.data("broker").toString()));
    part("broker").awaitReady(START);
    for (String manager : MANAGERS) {
      site.makeKey(manager);
    }
    for (String manager : MANAGERS) {
      int port = lay(manager + "→broker", brokerPort);
      add(site.manager(manager, toHub(manager), Bed.NAMES, Optional.of("tcp://127.0.0.1:" + port)));
    }
    for (int i = 0; i < FARMS.size(); i++) {
      String farm = FARMS.get(i);
      add(site.farm(farm, toHub(farm), Bed.NAMES, share(nodes, i)));
    }
    for (Part part : parts.values()) {
      part.awaitReady(START);
    }
  }

  /** What can be killed and frozen. */
  List<String> parts() {
    return List.copyOf(parts.keySet());
  }

  /** What can be cut. */
  List<String> lines() {
    return List.copyOf(lines.keySet());
  }

  /** Makes it go wrong. */
  void begin(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case KILL -> part(fault.place()).kill();
      case FREEZE -> part(fault.place()).freeze();
      case CUT -> line(fault.place()).set(Relay.State.CUT);
      case SILENCE -> line(fault.place()).set(Relay.State.SILENT);
    }
  }

  /** Mends it. */
  void end(Fault fault) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case KILL -> part(fault.place()).start();
      case FREEZE -> part(fault.place()).thaw();
      case CUT, SILENCE -> line(fault.place()).set(Relay.State.OPEN);
    }
  }

  /** What the managers said last, a line each. */
  List<String> managers() throws IOException {
    List<String> said = new ArrayList<>();
    for (String manager : MANAGERS) {
      said.add(manager + ": " + part(manager).lastWords());
    }
    return said;
  }

  /** Every part prints what its threads do into its log. */
  void dump() throws IOException, InterruptedException {
    for (Part part : parts.values()) {
      part.dump();
    }
  }

  /** Parts that have ended though nobody killed them; they are started again. */
  List<String> restartEnded() throws IOException {
    List<String> ended = new ArrayList<>();
    for (Part part : parts.values()) {
      if (!part.isAlive()) {
        ended.add(part.name());
        part.start();
      }
    }
    return ended;
  }

  /** What nodes of all farms began to run, in all their lives. */
  List<Sighting> sightings() throws IOException {
    List<Sighting> all = new ArrayList<>();
    for (String farm : FARMS) {
      try (Stream<String> printed = Files.lines(part(farm).log())) {
        printed.forEach(line -> Sighting.of(line).ifPresent(all::add));
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    for (Relay line : lines.values()) {
      line.close();
    }
    site.close();
  }

  private Part part(String name) {
    return Objects.requireNonNull(parts.get(name), name);
  }

  private Relay line(String name) {
    return Objects.requireNonNull(lines.get(name), name);
  }

  private void add(Part part) throws IOException {
    parts.put(part.name(), part);
    part.start();
  }

  private HubAddress toHub(String from) throws IOException {
    int port = lay(from + "→hub", hub.base().getPort());
    return HubAddress.parse("http://127.0.0.1:" + port, Optional.empty());
  }

  private int lay(String name, int port) throws IOException {
    Relay relay = new Relay(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    lines.put(name, relay);
    return relay.port();
  }

  /** Every farm has its share of the nodes, by turns. */
  private static List<String> share(int nodes, int farm) {
    return IntStream.range(0, nodes)
        .filter(node -> node % FARMS.size() == farm)
        .mapToObj(LightNode::name)
        .toList();
  }
}
