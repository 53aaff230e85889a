package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.ConfigBoard;
import dev.jiggety.agent.manager.ConfigBoardContract;
import dev.jiggety.agent.manager.Fleet;
import dev.jiggety.agent.manager.FleetContract;
import dev.jiggety.agent.manager.PatchBoard;
import dev.jiggety.agent.manager.PatchBoardContract;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.testing.NpmCouch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The ports of the manager do on a server of other people's what they promise. */
class NpmBoardsTest {
  private static NpmCouch server;
  private Site site;

  @BeforeAll
  static void start() {
    server = NpmCouch.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    site = new Site(server.url().toString());
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Nested
  class Patches extends PatchBoardContract {
    @Override
    protected PatchBoard board() {
      return site.patches();
    }

    @Override
    protected void handIn(JsonObject document) {
      site.handIn(document);
    }
  }

  @Nested
  class Config extends ConfigBoardContract {
    @Override
    protected ConfigBoard board() {
      return site.config();
    }
  }

  @Nested
  class Nodes extends FleetContract {
    @Override
    protected Fleet fleet() {
      return site.fleet();
    }

    @Override
    protected void say(NodeStatus node) {
      site.say(node);
    }
  }
}
