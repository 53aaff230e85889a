package dev.jiggety.agent.cli;

import picocli.CommandLine.Command;

/** {@code jiggety import}: tests out of what other programs wrote. */
@Command(
    name = "import",
    description = {
      "Make tests of a browser's recording, a curl line, or another monitor's configuration.",
      "What cannot be carried over is listed on standard error, never dropped in silence."
    },
    subcommands = {
      ImportFileCommand.Har.class,
      ImportCurlCommand.class,
      ImportFileCommand.Kuma.class,
      ImportFileCommand.Gatus.class,
      ImportBlackboxCommand.class
    })
final class ImportCommand {}
