package dev.jiggety.agent.manager.couch;

import com.google.gson.JsonObject;
import dev.jiggety.agent.manager.ConfigBoard;
import dev.jiggety.agent.manager.ConfigBoardContract;
import dev.jiggety.agent.manager.Fleet;
import dev.jiggety.agent.manager.FleetContract;
import dev.jiggety.agent.manager.PatchBoard;
import dev.jiggety.agent.manager.PatchBoardContract;
import dev.jiggety.model.NodeStatus;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The ports of the manager do on the hub of the product what they promise. */
class EmbeddedBoardsTest {
  @TempDir static Path folder;
  private static Site.Embedded server;
  private Site site;

  @BeforeAll
  static void start() {
    server = new Site.Embedded(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    site = new Site(server.url());
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
