"""接待: days, rota, leave, who came, and the papers of a day."""
