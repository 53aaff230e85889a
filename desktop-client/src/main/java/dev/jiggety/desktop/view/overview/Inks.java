package dev.jiggety.desktop.view.overview;

import javafx.scene.paint.Color;

/** The colours of the small pictures in tiles, as the theme has them. */
record Inks(Color up, Color degraded, Color down, Color unknown, Color idle) {}
