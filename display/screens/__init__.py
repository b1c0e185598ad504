"""What the wall draws: one module and one kv file for each screen."""

from pathlib import Path

KV_FOLDER = Path(__file__).parent
