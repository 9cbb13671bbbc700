"""`make run`: database, migrations, demo, web and worker, in this order; nothing outlives it.

python -m web.supervisor           serve until interrupted
python -m web.supervisor.reset     throw the demo away
"""
